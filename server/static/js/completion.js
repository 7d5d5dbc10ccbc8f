// What the editor completes: prefixes, the graph's own classes and properties, and things by their names.
import { getJson } from "./dom.js";


const MOST = 40;

/** Registers the completers with yasqe; none of them asks another host. Answers their names. */
export function completers(Yasqe, base, prefixes) {
  const shown = new Map();

  Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters.prefixes, name: "prefixes", persistenceId: null, bulk: true, get: () => Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`) }, false);
  Yasqe.registerAutocompleter({
    name: "graph",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => position(yasqe) !== "",
    get: async (yasqe, token) => {
      const typed = token.string.trim().replace(/^</, "").replace(/^kg:/, "").toLowerCase();
      const wanted = position(yasqe);
      const own = (await vocabulary()).filter((term) => fits(term, typed, wanted)).slice(0, MOST);
      own.forEach((term) => shown.set(term.text, `${term.text}  ${term.label}`));
      const things = wanted === "property" || typed.length < 2 ? [] : await named(typed, base, shown);
      return [...own.map((term) => term.text), ...things];
    },
    postprocessHints: (_yasqe, hints) => hints.map((hint) => ({ ...hint, displayText: shown.get(hint.text) || hint.text })),
  }, false);
  return ["variables", "prefixes", "graph"];
}

let terms;

/** The terms of the vocabulary, fetched when they are first needed. */
function vocabulary() {
  terms ??= getJson("/vocabulary").then((view) => view.groups.flatMap((group) => group.terms.map((term) => ({ sort: group.title, text: `kg:${term.name}`, name: term.name.toLowerCase(), label: term.label }))));
  return terms;
}

async function named(typed, base, shown) {
  const found = await getJson(`/suggest?q=${encodeURIComponent(typed)}`);
  return found.results.filter((each) => each.iri.startsWith(base)).map((each) => {
    const text = `<${each.iri}>`;
    shown.set(text, `${each.label}  ${each.kind_label}`);
    return text;
  });
}

function fits(term, typed, wanted) {
  if (wanted === "class" && term.sort !== "Classes") return false;
  if (wanted === "property" && term.sort !== "Properties") return false;
  return term.name.includes(typed) || term.label.toLowerCase().includes(typed);
}

/** What may stand at the cursor: "class" after `a`, "property" in second place, "any" elsewhere, "" for nothing. */
function position(yasqe) {
  const token = yasqe.getCompleteToken(), cursor = yasqe.getDoc().getCursor();
  if (/^[?$"'#]/.test(token.string) || ["comment", "string", "number"].includes(token.type)) return "";
  const line = yasqe.getLine(cursor.line);
  if (/^\s*(prefix|base)\b/i.test(line)) return "";
  const before = yasqe.getPreviousNonWsToken(cursor.line, token);
  if (!before) return "any";
  if (["a", "rdf:type"].includes(before.string)) return "class";
  const possible = token.state?.possibleCurrent || [];
  return possible.includes("a") && !possible.includes("}") ? "property" : "any";
}
