// Opens notebooks that were written as pages and tells, as JSON, what a reader of their outputs would meet.
// Usage: node output.mjs LIGHT DARK CHROMIUM

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [light, dark, executablePath] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDE = { width: 1100, height: 900 };
const NARROW = { width: 480, height: 800 };
const seen = { violations: {}, papers: {}, leaks: [] };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(page, options) {
  const context = await browser.newContext({ offline: true, bypassCSP: true, reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  return tab;
}

const paper = (tab) => tab.locator(".verifier").first().evaluate((one) => getComputedStyle(one).backgroundColor);

// axe on our outputs alone: the rest of the page is the notebook's.
async function accessible(name, page, options, prepare = () => {}) {
  const tab = await open(page, options);
  await tab.evaluate(prepare);
  await tab.locator(".verifier details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  await tab.addScriptTag({ path: axe });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await tab.evaluate((values) => axe.run(".verifier", { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false }), tags);
  seen.violations[name] = found.violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]);
  seen.papers[name] = await paper(tab);
  await tab.context().close();
}

const code = (kind) => `document.body.removeAttribute("data-jp-theme-light"); document.body.classList.add("${kind}")`;
await accessible("light", light, { viewport: WIDE });
await accessible("dark", dark, { viewport: WIDE });
await accessible("light, the system dark", light, { viewport: WIDE, colorScheme: "dark" });
await accessible("dark, the system dark", dark, { viewport: WIDE, colorScheme: "dark" });
await accessible("narrow", light, { viewport: NARROW });
await accessible("code, dark", light, { viewport: WIDE }, code("vscode-dark"));
await accessible("code, light, the system dark", dark, { viewport: WIDE, colorScheme: "dark" }, code("vscode-light"));
await accessible("no theme, the system dark", light, { viewport: WIDE, colorScheme: "dark" }, code("plain"));

// Without a script of ours: a highlight leads to its card, which opens.
const tab = await open(light, { viewport: WIDE });
seen.words = await tab.locator(".verifier").first().locator(".w[data-start]").evaluateAll((all) =>
  all.map((one) => [Number(one.dataset.start), Number(one.dataset.end), one.textContent]));
seen.opened = [];
for (const kind of ["c", "s"]) {
  const mark = tab.locator(`.verifier .hl.${kind}[id]`).first();
  const card = tab.locator(await mark.getAttribute("href"));
  const before = await card.isVisible();
  await mark.focus();
  await tab.keyboard.press("Enter");
  seen.opened.push([before, await card.isVisible()]);
}

// What is not ours looks the same with our style sheets and without.
const looks = () => tab.locator("body, h1, p, table, td, code, details, blockquote, ul, .card, .text").evaluateAll((all) =>
  all.filter((one) => !one.closest(".verifier")).map((one) => [one.tagName, JSON.stringify(["color", "fontFamily", "fontSize", "margin", "padding", "backgroundColor", "border", "display"].map((name) => getComputedStyle(one)[name]))]));
const before = await looks();
await tab.locator(".verifier style").evaluateAll((all) => all.forEach((one) => one.remove()));
const after = await looks();
seen.others = before.length;
seen.leaks = before.filter((one, at) => one[1] !== after[at][1]);
await tab.context().close();

const narrow = await open(light, { viewport: NARROW });
seen.overflow = await narrow.locator(".verifier").evaluateAll((all) => Math.max(...all.map((one) => one.scrollWidth - one.clientWidth)));

await browser.close();
console.log(JSON.stringify(seen));
