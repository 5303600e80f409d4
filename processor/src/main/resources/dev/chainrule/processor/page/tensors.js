// Files in the safetensors format, read as strictly as the runtime reads them, which says the same words of what is wrong

const MOST_HEADER_BYTES = 100000000n;
const MOST_LONG = 2n ** 63n - 1n;
const DTYPES = {
  BOOL: 8, F4: 4, F6_E2M3: 6, F6_E3M2: 6, U8: 8, I8: 8, F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8,
  I16: 16, U16: 16, F16: 16, BF16: 16, I32: 32, U32: 32, F32: 32, C64: 64, F64: 64, I64: 64, U64: 64,
};
const GIT_LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** Text of a file as a message shows it: printable, on one line, not too long. */
function quoted(text) {
  const shown = Array.from(text.slice(0, 200).split(""), (c) => (c >= " " && c <= "~" ? c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")));
  return `"${shown.join("")}${text.length > 200 ? "..." : ""}"`;
}

function quotedShape(shape) {
  return `[${shape.slice(0, 8).join(", ")}${shape.length > 8 ? ", ..." : ""}]`;
}

/** The JSON of headers: objects without duplicate keys, strings, and lists of whole numbers. */
class HeaderReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  wrong(problem) {
    return new Error("the header " + problem);
  }

  unexpected(expected) {
    const found = this.at < this.text.length ? quoted(this.text[this.at]) : "its end";
    return this.wrong(`has ${found} at character ${this.at}; expected ${expected}`);
  }

  skipSpace() {
    while (this.at < this.text.length && " \t\n\r".includes(this.text[this.at])) this.at++;
  }

  accept(character) {
    this.skipSpace();
    const isThere = this.text[this.at] === character;
    if (isThere) this.at++;
    return isThere;
  }

  expect(character) {
    if (!this.accept(character)) throw this.unexpected(`'${character}'`);
  }

  /** Calls {@code member} for each key, to read its value. */
  object(member) {
    this.expect("{");
    if (this.accept("}")) return;
    const keys = new Set();
    do {
      const key = this.string();
      if (keys.has(key)) throw this.wrong(`has the key ${quoted(key)} twice in one object; expected it once`);
      keys.add(key);
      this.expect(":");
      member(key);
    } while (this.accept(","));
    this.expect("}");
  }

  wholeNumbers() {
    const numbers = [];
    this.expect("[");
    if (this.accept("]")) return numbers;
    do numbers.push(this.wholeNumber());
    while (this.accept(","));
    this.expect("]");
    return numbers;
  }

  wholeNumber() {
    this.skipSpace();
    const from = this.at;
    while (this.text[this.at] >= "0" && this.text[this.at] <= "9") this.at++;
    if (this.at === from) throw this.unexpected("a whole number that is not negative");
    if (this.at - from > 1 && this.text[from] === "0") throw this.wrong(`has a number with a leading zero at character ${from}; expected none`);
    const number = BigInt(this.text.slice(from, Math.min(this.at, from + 20)));
    if (number > MOST_LONG) throw this.wrong(`has a number at character ${from} that overflows; expected at most ${MOST_LONG}`);
    return number;
  }

  next() {
    if (this.at === this.text.length) throw this.unexpected("the rest of a string");
    return this.text[this.at++];
  }

  string() {
    this.expect('"');
    let string = "";
    for (let c = this.next(); c !== '"'; c = this.next()) {
      if (c < " ") {
        this.at--;
        throw this.unexpected("no control character in a string");
      }
      string += c === "\\" ? this.escaped() : c;
    }
    if (!string.isWellFormed()) throw this.wrong(`has half a surrogate pair in a string before character ${this.at}; expected both halves`);
    return string;
  }

  escaped() {
    const c = this.next();
    if (c === "u") return String.fromCharCode(Array.from({ length: 4 }, () => this.hexDigit()).reduce((number, digit) => 16 * number + digit));
    const at = '"\\/bfnrt'.indexOf(c);
    if (at < 0) {
      this.at--;
      throw this.unexpected('one of "\\/bfnrtu after a backslash');
    }
    return '"\\/\b\f\n\r\t'[at];
  }

  hexDigit() {
    const c = this.next();
    if (!/[0-9a-fA-F]/.test(c)) {
      this.at--;
      throw this.unexpected("four hexadecimal digits");
    }
    return parseInt(c, 16);
  }

  end() {
    this.skipSpace();
    if (this.at < this.text.length) throw this.unexpected("nothing but spaces after the last brace");
  }
}

function wrongTensor(name, problem) {
  return new Error(`tensor ${quoted(name)} ${problem}`);
}

/** What a file says of its tensors, in the order of their data, and of itself. */
function readHeader(text, dataLength) {
  if (!text.startsWith("{")) throw new Error("the header does not begin with '{'; expected it to");
  const json = new HeaderReader(text);
  const header = { metadata: new Map(), tensors: [] };
  json.object((key) => {
    if (key === "__metadata__") json.object((name) => header.metadata.set(name, json.string()));
    else header.tensors.push(readDescription(json, key));
  });
  json.end();
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  header.tensors.sort((one, other) => order(one.begin, other.begin) || order(one.end, other.end));
  checkOffsets(header.tensors, BigInt(dataLength));
  return header;
}

function readDescription(json, name) {
  const said = {};
  json.object((field) => {
    if (field === "dtype") {
      said.dtype = json.string();
      if (!Object.hasOwn(DTYPES, said.dtype)) throw wrongTensor(name, `has the dtype ${quoted(said.dtype)}; expected one of ${Object.keys(DTYPES).join(", ")}`);
    } else if (field === "shape" || field === "data_offsets") said[field] = json.wholeNumbers();
    else throw wrongTensor(name, `has ${quoted(field)}; expected dtype, shape and data_offsets only`);
  });
  for (const field of ["dtype", "shape", "data_offsets"]) {
    if (!said[field]) throw wrongTensor(name, `has no ${field}; expected dtype, shape and data_offsets`);
  }
  const offsets = said.data_offsets;
  if (offsets.length !== 2) throw wrongTensor(name, `has ${offsets.length} data_offsets; expected 2`);
  return { name, dtype: said.dtype, shape: said.shape, begin: offsets[0], end: offsets[1] };
}

/** The tensors cover the data from begin to end, each where the one before it ends. */
function checkOffsets(tensors, dataLength) {
  let last = 0n;
  for (const { name, dtype, shape, begin, end } of tensors) {
    const offsets = `has data_offsets [${begin}, ${end}]; expected `;
    if (begin !== last) throw wrongTensor(name, `${offsets}it to begin at ${last}, where the one before it ends`);
    if (end < begin) throw wrongTensor(name, `${offsets}it not to end before it begins`);
    const bytes = bytesOf(name, dtype, shape);
    if (end - begin !== bytes) throw wrongTensor(name, `${offsets}${bytes} bytes for ${dtype} ${quotedShape(shape)}`);
    last = end;
  }
  if (last !== dataLength) {
    const found = tensors.length === 0 ? "there are no tensors" : `tensor ${quoted(tensors[tensors.length - 1].name)} ends at byte ${last}`;
    throw new Error(`${found}; expected the last to end with the data, at ${dataLength}`);
  }
}

function bytesOf(name, dtype, shape) {
  let bits = 1n;
  for (const length of [...shape, BigInt(DTYPES[dtype])]) {
    bits *= length;
    if (bits > MOST_LONG) throw wrongTensor(name, `has the shape ${quotedShape(shape)}, which overflows; expected at most ${MOST_LONG} bits`);
  }
  if (bits % 8n !== 0n) throw wrongTensor(name, `has ${bits} bits; expected whole bytes`);
  return bits / 8n;
}

/** A file: {metadata, tensors, data}, where data is what stands behind the header. */
function readTensorFile(bytes) {
  if (bytes.length < 8) throw new Error(`the file has ${bytes.length} bytes; expected 8 for the header's length`);
  if (String.fromCharCode(...bytes.subarray(0, GIT_LFS_POINTER.length)) === GIT_LFS_POINTER) {
    throw new Error("the file is a Git LFS pointer, a text in place of a file that is not fetched yet; expected the file itself, which 'git lfs pull' gets");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const most = BigInt(bytes.length - 8) < MOST_HEADER_BYTES ? BigInt(bytes.length - 8) : MOST_HEADER_BYTES;
  if (length > most) throw new Error(`the header is to have ${length} bytes; expected at most ${most}`);
  const dataFrom = 8 + Number(length);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, dataFrom));
  } catch {
    throw new Error("the header is not valid UTF-8; expected JSON in UTF-8");
  }
  return { ...readHeader(text, bytes.length - dataFrom), data: bytes.subarray(dataFrom) };
}

/** CRC-32C of bytes, as eight hexadecimal digits. */
function checksumOf(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
    return remainder;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}
