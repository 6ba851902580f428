import * as ort from "./ort/ort.wasm.bundle.min.mjs";
import { answer, open } from "./model.js";

const schema = JSON.parse(document.getElementById("schema").textContent);
const form = document.getElementById("row");
const result = document.getElementById("result");
const status = document.getElementById("status");
const grid = schema.grid;
let session;
let numbers = null; // the row of a picture or sound

const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

async function bytes(id, address) {
  const inlined = document.getElementById(id);
  if (!inlined) {
    const got = await fetch(address);
    if (!got.ok) throw new Error(`${address} is not there`);
    return new Uint8Array(await got.arrayBuffer());
  }
  const packed = Uint8Array.from(atob(inlined.textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// ---- The form -----------------------------------------------------------------------------------

function field(column, at) {
  const box = make("div", { class: "field" });
  const id = `in-${at}`;
  box.append(make("label", { for: id }, column.name));
  const hint = [column.says];
  let input;
  if (column.kind === "category") {
    input = make("select", { id });
    if (column.optional) input.append(make("option", { value: "" }, "(missing)"));
    column.categories.forEach((one, n) => input.append(make("option", { value: `v${n}` }, one)));
  } else if (column.kind === "boolean") {
    input = make("input", { id, type: "checkbox" });
  } else if (column.kind === "text") {
    input = make("textarea", { id, rows: schema.kind === "text" ? 6 : 2, maxlength: 20000 });
  } else {
    const step = column.kind === "integer" ? "1" : "any";
    input = make("input", { id, type: "number", step, inputmode: "decimal" });
    if (!column.optional) input.required = true;
    hint.push(`tried on ${short(column.low)} to ${short(column.high)}`);
    if (column.optional) hint.push("may be left empty");
  }
  const said = hint.filter(Boolean).join("; ");
  if (said) {
    input.setAttribute("aria-describedby", `${id}-hint`);
    box.append(input, make("small", { id: `${id}-hint` }, said));
  } else box.append(input);
  return box;
}

const short = (value) => String(Number(Number(value).toPrecision(4)));
const inputOf = (at) => document.getElementById(`in-${at}`);

function value(column, at) {
  const input = inputOf(at);
  if (column.kind === "boolean") return input.checked;
  if (column.kind === "text") return input.value;
  if (input.value === "") return null;
  if (column.kind === "category") return column.categories[Number(input.value.slice(1))];
  return Number(input.value);
}

function fill(row) {
  if (grid) return show(row[grid.name]);
  schema.columns.forEach((column, at) => {
    const given = row[column.name];
    const input = inputOf(at);
    if (column.kind === "boolean") input.checked = Boolean(given);
    else if (column.kind === "category")
      input.value = given === null ? "" : `v${column.categories.indexOf(given)}`;
    else input.value = given === null || given === undefined ? "" : String(given);
  });
}

// ---- Pictures: drawn, uploaded or an example -----------------------------------------------------

const SIDE = 280;
const scale = grid && grid.high <= 1.5 ? 255 : 1;

function picture() {
  const box = make("div", { class: "field" });
  const canvas = make("canvas", {
    id: "drawing", width: SIDE, height: Math.round((SIDE * grid.height) / grid.columns),
    role: "img", "aria-label": "The picture that the model gets; draw here with a pointer",
  });
  const ink = canvas.getContext("2d", { willReadFrequently: true });
  const clear = () => {
    ink.fillStyle = grid.dark ? "#000" : "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    numbers = null;
  };
  let last = null;
  const place = (event) => {
    const seen = canvas.getBoundingClientRect();
    return [
      ((event.clientX - seen.left) * canvas.width) / seen.width,
      ((event.clientY - seen.top) * canvas.height) / seen.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const now = place(event);
    Object.assign(ink, { lineWidth: 20, lineCap: "round", strokeStyle: grid.dark ? "#fff" : "#000" });
    ink.beginPath();
    ink.moveTo(...last);
    ink.lineTo(...now);
    ink.stroke();
    last = now;
    numbers = null;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (last && !numbers) predict();
      last = null;
    });
  }
  const wipe = make("button", { type: "button" }, "Clear");
  wipe.addEventListener("click", clear);
  const upload = make("input", { id: "upload", type: "file", accept: "image/*" });
  const turn = make("input", { id: "turn", type: "checkbox" });
  const load = async () => {
    if (!upload.files[0]) return;
    try {
      const image = await createImageBitmap(upload.files[0]);
      clear();
      ink.filter = turn.checked ? "invert(1)" : "none";
      const fit = Math.min(canvas.width / image.width, canvas.height / image.height);
      const [w, h] = [image.width * fit, image.height * fit];
      ink.drawImage(image, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
      ink.filter = "none";
      predict();
    } catch {
      say("This file is no picture that the browser can read; choose a PNG or JPEG file.", true);
    }
  };
  upload.addEventListener("change", load);
  turn.addEventListener("change", load);
  const tools = make("div", { class: "tools" });
  const turned = make("label", { class: "inline" });
  turned.append(turn, " light and dark exchanged");
  tools.append(wipe, make("label", { for: "upload" }, "or upload"), upload, turned);
  box.append(canvas, tools);
  clear();
  return box;
}

/** The drawing in the model's size: each number is the mean over its part of the canvas. */
function small() {
  const canvas = document.getElementById("drawing");
  const { width, height } = canvas;
  const seen = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const cells = grid.columns * grid.height;
  const sums = new Float64Array(3 * cells);
  const counts = new Float64Array(cells);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell =
        Math.floor((y * grid.height) / height) * grid.columns + Math.floor((x * grid.columns) / width);
      counts[cell]++;
      for (let c = 0; c < 3; c++) sums[3 * cell + c] += seen[4 * (y * width + x) + c];
    }
  }
  const made = [];
  for (let cell = 0; cell < cells; cell++) {
    const [r, g, b] = [0, 1, 2].map((c) => sums[3 * cell + c] / counts[cell] / scale);
    if (grid.channels === 3) made.push(r, g, b);
    else made.push(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return made;
}

function paint(row) {
  const from = make("canvas", { width: grid.columns, height: grid.height });
  const ink = from.getContext("2d");
  const image = ink.createImageData(grid.columns, grid.height);
  for (let at = 0; at < grid.columns * grid.height; at++) {
    for (let c = 0; c < 3; c++) {
      const source = grid.channels === 3 ? row[3 * at + c] : row[at];
      image.data[4 * at + c] = source * scale;
    }
    image.data[4 * at + 3] = 255;
  }
  ink.putImageData(image, 0, 0);
  const canvas = document.getElementById("drawing");
  const shown = canvas.getContext("2d");
  shown.imageSmoothingEnabled = false;
  shown.drawImage(from, 0, 0, canvas.width, canvas.height);
}

// ---- Sounds and plain rows of numbers ------------------------------------------------------------

function sound() {
  const box = make("div", { class: "field" });
  const seconds = short(grid.width / grid.rate);
  box.append(make("label", { for: "upload" }, "A sound file"));
  const upload = make("input", { id: "upload", type: "file", accept: "audio/*" });
  upload.addEventListener("change", async () => {
    if (!upload.files[0]) return;
    try {
      const context = new OfflineAudioContext(1, grid.width, grid.rate);
      const heard = await context.decodeAudioData(await upload.files[0].arrayBuffer());
      const row = new Float32Array(grid.width);
      for (let c = 0; c < heard.numberOfChannels; c++) {
        const channel = heard.getChannelData(c);
        const length = Math.min(grid.width, channel.length);
        for (let at = 0; at < length; at++) row[at] += channel[at] / heard.numberOfChannels;
      }
      show(Array.from(row));
      predict();
    } catch {
      say("This file is no sound that the browser can read; choose a WAV or MP3 file.", true);
    }
  });
  const note = `the first ${seconds} s, as one channel of ${grid.rate} samples a second`;
  box.append(upload, make("small", {}, note));
  box.append(make("canvas", { id: "wave", width: 560, height: 80, role: "img", "aria-label": "The sound's wave" }));
  return box;
}

function wave(row) {
  const canvas = document.getElementById("wave");
  const ink = canvas.getContext("2d");
  ink.clearRect(0, 0, canvas.width, canvas.height);
  ink.fillStyle = "#3a6ea5";
  const each = row.length / canvas.width;
  for (let x = 0; x < canvas.width; x++) {
    let most = 0;
    for (let at = Math.floor(x * each); at < (x + 1) * each; at++) most = Math.max(most, Math.abs(row[at]));
    ink.fillRect(x, 40 - 38 * Math.min(1, most), 1, Math.max(1, 76 * Math.min(1, most)));
  }
}

function list() {
  const box = make("div", { class: "field" });
  box.append(make("label", { for: "numbers" }, `${grid.width} numbers, separated by commas or spaces`));
  const input = make("textarea", { id: "numbers", rows: 6 });
  input.addEventListener("input", () => (numbers = null));
  box.append(input);
  return box;
}

function show(row) {
  numbers = row;
  if (grid.height) paint(row);
  else if (grid.rate) wave(row);
  else document.getElementById("numbers").value = row.join(", ");
}

function gridRow() {
  if (numbers) return numbers;
  if (grid.height) return small();
  if (grid.rate) throw new Error("Choose a sound file or an example first.");
  const row = document.getElementById("numbers").value.split(/[\s,;]+/).filter(Boolean).map(Number);
  if (row.length !== grid.width || row.some((one) => !Number.isFinite(one)))
    throw new Error(`Give ${grid.width} numbers.`);
  return row;
}

// ---- The answer ----------------------------------------------------------------------------------

function say(text, wrong = false) {
  status.textContent = text;
  status.classList.toggle("wrong", wrong);
}

function told(values) {
  const { kind, classes, positive, threshold, unit } = schema.output;
  result.replaceChildren();
  if (kind === "number") {
    result.append(make("p", { class: "answer" }, `${short(values[0])} ${unit}`.trim()));
    return;
  }
  let best = values.indexOf(Math.max(...values));
  if (positive && threshold !== null && classes.length === 2) {
    const at = classes.indexOf(positive);
    best = values[at] >= threshold ? at : 1 - at;
  }
  result.append(make("p", { class: "answer" }, classes[best]));
  const table = make("table");
  table.append(make("caption", {}, kind === "probabilities" ? "Probability of each class" : "Score of each class"));
  classes
    .map((name, at) => [name, values[at]])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10)
    .forEach(([name, one]) => {
      const line = make("tr");
      line.append(make("th", { scope: "row" }, name));
      if (kind === "probabilities") {
        const bar = make("td", { class: "bar" });
        bar.append(make("meter", { min: 0, max: 1, value: one, "aria-hidden": "true" }));
        line.append(bar, make("td", {}, one.toFixed(4)));
      } else line.append(make("td", {}, short(one)));
      table.append(line);
    });
  result.append(table);
  if (positive && threshold !== null)
    result.append(make("p", {}, `“${positive}” is said from a probability of ${threshold} on.`));
}

function remarks(row) {
  const said = schema.columns
    .filter((c) => c.low !== null && c.kind !== "boolean" && row[c.name] !== null)
    .filter((c) => row[c.name] < c.low || row[c.name] > c.high)
    .map((c) => `“${c.name}” is outside the ${short(c.low)} to ${short(c.high)} that the model was tried on.`);
  for (const one of said) result.append(make("p", { class: "remark" }, one));
}

async function predict() {
  if (!session) return;
  try {
    const row = grid
      ? { [grid.name]: gridRow() }
      : Object.fromEntries(schema.columns.map((column, at) => [column.name, value(column, at)]));
    const started = performance.now();
    const values = await answer(ort, session, schema, row);
    const took = performance.now() - started;
    told(values);
    if (!grid) remarks(row);
    result.dataset.values = JSON.stringify(values);
    say(`Answered in this browser in ${took < 10 ? took.toFixed(1) : Math.round(took)} ms; nothing was sent anywhere.`);
  } catch (error) {
    say(error.message, true);
  }
}

async function begin() {
  if (grid) form.prepend(grid.height ? picture() : grid.rate ? sound() : list());
  else form.prepend(...schema.columns.map(field));
  const examples = document.getElementById("examples");
  schema.examples.forEach((row, at) => {
    const button = make("button", { type: "button" }, `Example ${at + 1}`);
    button.addEventListener("click", () => {
      fill(row);
      predict();
    });
    examples.append(button);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    predict();
  });
  try {
    const [model, wasm] = await Promise.all([
      bytes("model", "model.onnx"),
      bytes("wasm", "ort/ort-wasm-simd-threaded.wasm"),
    ]);
    session = await open(ort, model, wasm);
    document.getElementById("ask").disabled = false;
    say("Ready.");
    document.body.dataset.ready = "yes";
  } catch (error) {
    say(`The model could not be opened here: ${error.message}`, true);
    document.body.dataset.ready = "no";
  }
}

begin();
