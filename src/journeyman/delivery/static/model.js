// Feeds a model from rows and reads its answer: the same code in the page and in the parity check.

const ARRAYS = { float32: Float32Array, float64: Float64Array };

/** The model's inputs for one row. */
export function feeds(ort, schema, row) {
  if (schema.grid) {
    const { name, feed, width } = schema.grid;
    return { [name]: new ort.Tensor(feed, ARRAYS[feed].from(row[name]), [1, width]) };
  }
  const made = {};
  for (const column of schema.columns) {
    made[column.name] = new ort.Tensor(column.feed, cell(column, row[column.name]), [1, 1]);
  }
  return made;
}

function cell(column, value) {
  const gap = value === null || value === undefined;
  if (column.feed === "string") return [gap ? column.gap : String(value)];
  if (column.feed === "int64") return BigInt64Array.from([BigInt(value)]);
  return ARRAYS[column.feed].from([gap ? NaN : Number(value)]);
}

/** Opens the model: on one thread, without a server, from bytes. */
export async function open(ort, model, wasm) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = "fatal";
  ort.env.wasm.wasmBinary = wasm;
  return await ort.InferenceSession.create(model, { executionProviders: ["wasm"], logSeverityLevel: 4 });
}

/** The numbers that the model answers for one row. */
export async function answer(ort, session, schema, row) {
  const name = schema.output.name;
  const found = await session.run(feeds(ort, schema, row), [name]);
  return Array.from(found[name].data, Number);
}
