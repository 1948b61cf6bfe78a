// What others make of the reviews that tests/reviews_shown.py wrote: two renderers of Markdown, mermaid's own parser,
// and a browser, which draws each as a picture to be looked at. Ends with 1 where anything is not as it should be.
//
//     node look_at_reviews.mjs DIR
//
// `make look` does all of it. The packages come from the folder of the script's copy; none is a dependency of mlagkit.
import fs from "node:fs";
import path from "node:path";
import { marked } from "marked";
import MarkdownIt from "markdown-it";
import { JSDOM } from "jsdom";
import { chromium } from "playwright-core";

const folder = path.resolve(process.argv[2]);
const shown = path.join(folder, "shown");
fs.mkdirSync(shown, { recursive: true });
const names = fs.readdirSync(folder).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
const renderers = {
  marked: (text) => marked.parse(text, { gfm: true }),
  "markdown-it": (text) => new MarkdownIt({ html: true, linkify: true }).render(text),
};
// All that a review has: whatever else there is broke out of somebody's description.
const elements = new Set("b blockquote br code details em h3 hr li ol p pre s strong sub summary table tbody td th thead tr ul".split(" "));
const style = `body{font:14px/1.5 -apple-system,system-ui,sans-serif;max-width:860px;margin:1rem auto;padding:0 1rem;color:#1f2328}
pre{background:#f6f8fa;padding:1rem;overflow:auto;font:12px/1.45 monospace}table{border-collapse:collapse}
td,th{border:1px solid #d0d7de;padding:6px 13px}code{background:#eff1f3;padding:.2em .4em}pre code{padding:0;background:none}`;
const problems = [];
const expect = (good, words) => good || problems.push(words);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const drawer = await browser.newPage();
await drawer.setContent("<div id=a></div>");
await drawer.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
let diagrams = 0;
for (const name of names) {
  const text = fs.readFileSync(path.join(folder, `${name}.md`), "utf8");
  const found = {};
  for (const [renderer, render] of Object.entries(renderers)) {
    const document = new JSDOM(render(text)).window.document;
    const all = [...document.body.querySelectorAll("*")];
    const other = new Set(all.map((each) => each.localName).filter((each) => !elements.has(each)));
    expect(other.size === 0, `${name}, ${renderer}: ${[...other].join(", ")}`);
    const odd = all.flatMap((each) => [...each.attributes].map((one) => one.name)).filter((one) => one !== "class");
    expect(odd.length === 0, `${name}, ${renderer}: attributes ${[...new Set(odd)].join(", ")}`);
    found[renderer] = ["details", "table", "tr", "pre", "li"].map((each) => document.querySelectorAll(each).length);
  }
  expect(new Set(Object.values(found).map(String)).size === 1, `${name}: two renderers see ${JSON.stringify(found)}`);
  let html = renderers.marked(text).replaceAll("<details>", "<details open>");
  for (const [, fence] of text.matchAll(/^```mermaid\n([^]*?)^```/gm)) {
    diagrams += 1;
    try {
      const svg = await drawer.evaluate(async ([diagram, number]) => {
        window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
        await window.mermaid.parse(diagram);
        return (await window.mermaid.render(`d${number}`, diagram)).svg;
      }, [fence, diagrams]);
      html = html.replace(/<pre><code class="language-mermaid">[^]*?<\/code><\/pre>/, () => svg);
    } catch (error) {
      expect(false, `${name}: mermaid: ${String(error).slice(0, 300)}`);
    }
  }
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  await page.setContent(`<!doctype html><style>${style}</style>${html}`);
  await page.screenshot({ path: path.join(shown, `${name}.md.png`), fullPage: true });
  await page.close();
}
for (const name of names) {
  for (const [kind, width, colorScheme] of [["light", 1200, "light"], ["dark", 1200, "dark"], ["phone", 390, "light"]]) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    page.on("request", (each) => each.url().startsWith("file:") || expect(false, `${name}.html asks for ${each.url()}`));
    page.on("console", (each) => expect(false, `${name}.html: ${each.text()}`));
    page.on("dialog", (each) => expect(false, `${name}.html: a dialog, ${each.message()}`));
    await page.goto(`file://${folder}/${name}.html`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide <= 0, `${name}.html, ${kind}: ${wide} pixels too wide`);
    await page.screenshot({ path: path.join(shown, `${name}.${kind}.png`), fullPage: name !== "hostile" });
    await page.close();
  }
}
await browser.close();
console.log(`${names.length} reviews by ${Object.keys(renderers).join(" and ")}, ${diagrams} diagrams, pictures in ${shown}`);
problems.forEach((words) => console.log(words));
process.exit(problems.length ? 1 : 0);
