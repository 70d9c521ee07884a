// Opens a page from disk with the network off and tells, as JSON, what a reader would meet.
// Usage: node look.mjs PAGE CHROMIUM

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page, executablePath] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDE = { width: 1320, height: 900 };
const NARROW = { width: 360, height: 740 };
const seen = { requests: [], complaints: [], violations: {} };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

// axe is put in by the test, past the policy of the page; nothing else looks at the page in that context.
async function accessible(name, options, prepare = async () => {}) {
  const context = await browser.newContext({ offline: true, bypassCSP: true, reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  await prepare(tab);
  await tab.addScriptTag({ path: axe });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await tab.evaluate((values) => axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false }), tags);
  seen.violations[name] = found.violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]);
  await context.close();
}

const openFirst = async (tab) => {
  const first = tab.locator(".hl[id]").first();
  if (await first.count()) await first.click();
};
const unfold = (tab) => tab.locator("#unfold").check({ force: true });
await accessible("light", { viewport: WIDE });
await accessible("dark", { viewport: WIDE, colorScheme: "dark" });
await accessible("all notes open", { viewport: WIDE }, unfold);
await accessible("all notes open, dark", { viewport: WIDE, colorScheme: "dark" }, unfold);
await accessible("narrow", { viewport: NARROW });
await accessible("narrow, a note open", { viewport: NARROW, colorScheme: "dark" }, openFirst);
await accessible("unknown only", { viewport: WIDE }, (tab) => tab.locator("#show-u").check({ force: true }));

// As a reader has it: the page's own policy, and no script at all.
const context = await browser.newContext({ offline: true, javaScriptEnabled: false, viewport: WIDE, reducedMotion: "reduce" });
const tab = await context.newPage();
tab.on("request", (request) => seen.requests.push(request.url()));
tab.on("console", (message) => seen.complaints.push(message.text()));
await tab.goto(pathToFileURL(page).href);

seen.words = await tab.locator(".w[data-start]").evaluateAll((all) =>
  all.map((one) => [Number(one.dataset.start), Number(one.dataset.end), one.textContent]));
seen.styled = await tab.locator("main").evaluate((one) => getComputedStyle(one).maxWidth !== "none");

// Every mark that the keyboard stops at leads to its note, which opens.
seen.opened = [];
const shown = async (locator) => (await locator.isVisible()) && (await locator.evaluate((one) => {
  const box = one.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}));
const marks = tab.locator(":is(.hl, .mark)[id]");
const count = await marks.count();
for (let number = 0; number < count; number += Math.max(1, Math.floor(count / 12))) {
  const mark = marks.nth(number);
  const note = tab.locator(await mark.getAttribute("href"));
  await mark.focus();
  await tab.keyboard.press("Enter");
  const opened = (await shown(note)) && (await note.locator(".more").isVisible());
  const back = note.locator(".back");
  await back.focus();
  await tab.keyboard.press("Enter");
  seen.opened.push(opened && (await shown(mark)) && !(await note.locator(".more").isVisible()));
}

// Each choice of the filter, by the keyboard's own control: which kinds of notes and signs are left.
seen.filtered = {};
for (const letter of ["c", "u", "s"]) {
  const radio = tab.locator(`#show-${letter}`);
  if (!(await radio.count())) continue;
  await radio.focus();
  await tab.keyboard.press("Space");
  seen.filtered[letter] = await tab.locator(":is(.card, .sign)").evaluateAll((all) =>
    [...new Set(all.filter((one) => one.checkVisibility()).map((one) => one.className.split(" ").at(-1)))].sort());
}
await context.close();

const small = await browser.newContext({ offline: true, javaScriptEnabled: false, viewport: NARROW });
const phone = await small.newPage();
await phone.goto(pathToFileURL(page).href);
if (await phone.locator("#unfold").count()) await unfold(phone);
seen.overflow = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
await phone.emulateMedia({ media: "print" });
const more = phone.locator(".card .more");
seen.printed = [await more.count(), await more.evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)];
await small.close();

await browser.close();
console.log(JSON.stringify(seen));
