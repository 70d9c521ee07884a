// Where two libraries find the selectors of annotations in a text: {text, targets: [{quote, position}]} on stdin,
// for each target what each of them found on stdout.
import { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } from "@apache-annotator/dom";
import * as anchor from "dom-anchor-text-quote";
import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const { text, targets } = JSON.parse(readFileSync(0, "utf8"));
const { window } = new JSDOM("<!doctype html><html><body><pre></pre></body></html>");
for (const name of ["Node", "NodeFilter", "Range", "Text", "document"]) globalThis[name] = window[name];
const root = window.document.querySelector("pre");
root.append(text);

async function all(matches) {
  const found = [];
  for await (const range of matches) found.push([range.startOffset, range.toString()]);
  return found;
}

const answers = [];
for (const { quote, position } of targets) {
  const found = anchor.toTextPosition(root, quote);
  answers.push({
    quoted: await all(createTextQuoteSelectorMatcher(quote)(root)),
    placed: await all(createTextPositionSelectorMatcher(position)(root)),
    anchored: found && [found.start, text.slice(found.start, found.end)],
  });
}
console.log(JSON.stringify(answers));
