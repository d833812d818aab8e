// Opens a book in epub.js in a browser without a window and prints what a reading system makes of it, as JSON:
//   node read.mjs BOOK FOLDER JUDGES CHROMIUM VIEWS
// VIEWS is a list of {width, height, flow, dark, percent}; pictures of dark views are put into FOLDER.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [book, folder, judges, chromium, views] = process.argv.slice(2);
const puppeteer = createRequire(join(judges, "package.json"))("puppeteer-core");
const files = {
  "/": [join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "page.html"), "text/html"],
  "/epub.js": [join(judges, "node_modules/epubjs/dist/epub.min.js"), "text/javascript"],
  "/jszip.js": [join(judges, "node_modules/jszip/dist/jszip.min.js"), "text/javascript"],
  "/book.epub": [book, "application/epub+zip"],
};
const server = createServer(async ({ url }, answer) => {
  const [path, type] = files[url] ?? [];
  answer.writeHead(path ? 200 : 404, { "content-type": type ?? "text/plain" });
  answer.end(path ? await readFile(path) : "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const browser = await puppeteer.launch({
  executablePath: chromium,
  userDataDir: join(folder, "browser"),
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  const said = [];
  page.on("pageerror", (fault) => said.push(String(fault)));
  page.on("requestfailed", (request) => said.push(`${request.url()} could not be loaded`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const report = { ...(await page.evaluate(() => open())), views: [], said };
  let count = 0;
  for (const view of JSON.parse(views)) {
    await page.setViewport({ width: view.width, height: view.height });
    await page.evaluate(({ flow, dark, percent }) => show(flow, dark, percent), view);
    for (const { href } of report.spine) {
      const found = await page.evaluate((href, flow) => measure(href, flow), href, view.flow);
      for (const [number, picture] of view.dark ? found.pictures.entries() : []) {
        picture.path = join(folder, `${count++}.png`);
        const clip = await page.evaluate((number) => placeOf(number), number);
        if (clip.width >= 1 && clip.height >= 1) await page.screenshot({ path: picture.path, clip });
      }
      report.views.push({ ...view, href, ...found });
    }
  }
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  server.close();
}
