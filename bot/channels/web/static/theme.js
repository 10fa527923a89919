// Light or dark, as this device was told to be or as the phone is. Runs before anything is painted, so nothing flashes;
// for that it is the one script that is no module.

(function () {
  const KEY = "thidua:theme";
  const COLOURS = { light: "#fffdf9", dark: "#231c18" };
  const root = document.documentElement;
  const phone = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = "";

  function kept() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (forbidden) {
      return chosen;
    }
  }

  function show() {
    const theme = COLOURS[kept()] ? kept() : phone.matches ? "dark" : "light";
    root.dataset.theme = theme;
    document.querySelectorAll("meta[name=theme-color]").forEach((meta) => (meta.content = COLOURS[theme]));
    document.querySelector("meta[name=color-scheme]").content = theme;
  }

  /** Chooses "light", "dark", or "" for whatever the phone is. Another window follows. */
  root.chooseTheme = (theme) => {
    chosen = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch (forbidden) {
      // it lasts as long as the page
    }
    show();
  };
  root.chosenTheme = kept;
  window.addEventListener("storage", (event) => event.key === KEY && show());
  if (phone.addEventListener) phone.addEventListener("change", show);
  else phone.addListener(show); // Safari 13
  show();
})();
