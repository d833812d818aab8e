// Pictures, each fetched once and decoded before it is shown, so that nothing flickers.

const MOST = 96;
const STEPS = [120, 240, 400, 560, 720, 960, 1200, 1600, 2000, 2400];
const kept = new Map();

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}

/** Return a promise of a decoded picture of an address that names its content. */
export async function picture(url, alt) {
  // A page that has only moved to another number has the picture that it had.
  const key = url.replace(/\d+(?=\.png)/, "");
  const found = kept.get(key) ?? fetched(url);
  kept.delete(key);
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  if (kept.size > MOST) {
    const [oldest, blob] = kept.entries().next().value;
    kept.delete(oldest);
    blob.then(URL.revokeObjectURL, () => {});
  }
  const image = new Image();
  image.alt = alt;
  image.draggable = false;
  image.src = await found;
  await image.decode();
  return image;
}

/** Return the address of a page's picture, at least `width` CSS pixels wide where that can be had. */
export function pageAddress(index, hash, width) {
  const wanted = width * devicePixelRatio;
  const step = STEPS.find((each) => each >= wanted) ?? STEPS.at(-1);
  return `page/${index}.png?width=${step}&v=${encodeURIComponent(hash)}`;
}
