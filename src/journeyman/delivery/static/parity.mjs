// Runs held-out rows under Node exactly as the page would: node parity.mjs RUNTIME EXPORT ANSWERS
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { answer, open } from "./model.js";

const [runtime, folder, out] = process.argv.slice(2);
const ort = await import(pathToFileURL(join(runtime, "ort.wasm.bundle.min.mjs")));
const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8"));
const { rows } = JSON.parse(readFileSync(join(folder, "held-out.json"), "utf8"));
const bytes = (file) => new Uint8Array(readFileSync(file));
const session = await open(
  ort,
  bytes(join(folder, "model.onnx")),
  bytes(join(runtime, "ort-wasm-simd-threaded.wasm")),
);
const found = [];
for (const row of rows) found.push(await answer(ort, session, schema, row));
writeFileSync(out, JSON.stringify(found, (_, v) => (Number.isFinite(v) || typeof v !== "number" ? v : String(v))));
process.exit(0);
