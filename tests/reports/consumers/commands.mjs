// What GitHub's own library writes for annotations: a JSON array of [kind, message, properties] on stdin.
import { error, notice, warning } from "@actions/core";
import { readFileSync } from "node:fs";

const write = { error, notice, warning };
for (const [kind, message, properties] of JSON.parse(readFileSync(0, "utf8"))) {
  write[kind](message, properties);
}
