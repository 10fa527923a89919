// Photos are made smaller before they are sent (a weak line), and lose their place and camera data on the way.

const LONGEST_SIDE = 1600;

/** Browsers that do not turn a photo upright by themselves would send it lying on its side. */
function canRedraw() {
  return CSS.supports("image-orientation", "from-image") && Boolean(HTMLCanvasElement.prototype.toBlob);
}

function load(file) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = URL.createObjectURL(file);
  });
}

function redraw(image, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff"; // a see-through drawing would turn black
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}

async function smaller(file) {
  const image = await load(file);
  const scale = LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight);
  const blob = scale < 1 ? await redraw(image, scale) : null;
  URL.revokeObjectURL(image.src);
  return blob && blob.size < file.size ? blob : null;
}

/** A JPEG of at most 1600 px where that can be made, otherwise the file as it is. */
export async function downsized(file) {
  try {
    const blob = canRedraw() ? await smaller(file) : null;
    return blob ? { photo: blob, name: file.name.replace(/\.\w+$/, "") + ".jpg" } : { photo: file, name: file.name };
  } catch (unreadable) {
    return { photo: file, name: file.name };
  }
}

/** False for what is plainly no picture; unnamed types are left to the server. */
export function mayBePhoto(file) {
  return !file.type || file.type.startsWith("image/");
}
