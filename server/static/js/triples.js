// Reading N-Triples into terms shaped like those of SPARQL results in JSON.

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([\w-]+))?/y;
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescape(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, plain) => (plain ? ESCAPES[plain] || plain : String.fromCodePoint(parseInt(short || long, 16))));
}

function term(match) {
  if (match[1] !== undefined) return { type: "uri", value: unescape(match[1]) };
  if (match[2] !== undefined) return { type: "bnode", value: match[2] };
  return { type: "literal", value: unescape(match[3]), datatype: match[4], "xml:lang": match[5] };
}

/** The triples of a document, an array of three terms each. */
export function parseTriples(text) {
  const triples = [];
  for (const line of text.split("\n")) {
    const terms = [];
    let at = 0;
    while (terms.length < 3) {
      while (line[at] === " ") at++;
      TERM.lastIndex = at;
      const match = TERM.exec(line);
      if (!match) break;
      terms.push(term(match));
      at = TERM.lastIndex;
    }
    if (terms.length === 3) triples.push(terms);
  }
  return triples;
}
