// Asking the rehearsal for something.

/** Sends `content` (or, without any, asks) and gives the answer; raises an Error whose message is the status. */
export async function ask(path, content) {
  const options = { credentials: "same-origin", headers: { "X-Thidua": "1" } };
  if (content) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(content);
  }
  const response = await fetch(path, options);
  const answer = response.headers.get("Content-Type") || "";
  const said = answer.startsWith("application/json") ? await response.json() : null;
  if (!response.ok) throw Object.assign(new Error(String(response.status)), { said: said && said.error });
  return said;
}
