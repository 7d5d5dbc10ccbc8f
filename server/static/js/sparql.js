// The SPARQL editor: yasqe in place of the text area, answers shown by the data, links that share a query.
import { loadScript, make } from "./dom.js";
import { completers } from "./completion.js";
import { showAnswer } from "./answer.js";

const form = document.getElementById("ask");
const area = document.getElementById("query");
const [run, cancel, share, status, results] = ["run", "cancel", "share", "status", "results"].map((id) => document.getElementById(id));
const base = form.dataset.base;
const known = JSON.parse(form.dataset.prefixes);
let editor = null, running = null;

const text = () => (editor ? editor.getValue() : area.value);
const address = (query) => `/sparql?${new URLSearchParams({ query })}`;

function say(words) {
  status.textContent = words;
}

function isGraph() {
  return editor ? ["CONSTRUCT", "DESCRIBE"].includes(editor.getQueryType()) : /\b(CONSTRUCT|DESCRIBE)\b/i.test(text());
}

/** A name for a query that nobody else can guess: whoever knows it may cancel the query. */
function named() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask() {
  running?.abort();
  const abort = (running = new AbortController());
  const query = text(), graph = isGraph(), began = performance.now(), name = named();
  abort.signal.addEventListener("abort", () => fetch(`/queries/${name}`, { method: "DELETE", keepalive: true }).catch(() => {}));
  cancel.hidden = false;
  run.disabled = true;
  results.hidden = false;
  results.setAttribute("aria-busy", "true");
  say("Asking…");
  try {
    const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query }), signal: abort.signal, headers: { Accept: graph ? "application/n-triples" : "application/sparql-results+json", "X-Query-Id": name } });
    const body = await response.text();
    if (!response.ok) throw new Error(detail(body, response.status));
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const rows = await showAnswer(results, { body, graph, query, base });
    say(`${rows.toLocaleString("en")} ${graph ? "triple" : "row"}${rows === 1 ? "" : "s"} in ${seconds} s`);
    history.replaceState(null, "", address(query));
  } catch (error) {
    if (error.name === "AbortError") {
      say("Cancelled");
      results.hidden = true;
    } else {
      results.replaceChildren(make("p", { class: "notice bad", role: "alert" }, error.message));
      say("");
    }
  } finally {
    if (running === abort) {
      running = null;
      cancel.hidden = true;
      run.disabled = false;
      results.removeAttribute("aria-busy");
    }
  }
}

function detail(body, code) {
  try {
    const problem = JSON.parse(body);
    return problem.detail || problem.title;
  } catch {
    return body.slice(0, 400) || `The server answered ${code}.`;
  }
}

/** Declares the prefixes that the query uses and this server knows; the server needs it as little as a reader minds it. */
function declare() {
  const declared = editor.getPrefixesFromQuery();
  const used = new Set([...editor.getValue().matchAll(/(?:^|[\s(|/^!{;,.])([a-z]+):[A-Za-z_]/gm)].map((match) => match[1]));
  const missing = [...used].filter((prefix) => known[prefix] && !(prefix in declared));
  if (missing.length) editor.addPrefixes(Object.fromEntries(missing.map((prefix) => [prefix, known[prefix]])));
}

async function openEditor() {
  await loadScript("/static/vendor/yasqe.min.js");
  const Yasqe = window.Yasqe;
  const names = completers(Yasqe, base, known);
  const place = make("div", { class: "editor" });
  area.hidden = true;
  area.required = false;
  area.after(place);
  // Options are merged with the defaults list by list, and the defaults ask another host: they must go first.
  Yasqe.defaults.autocompleters = [];
  editor = new Yasqe(place, { value: area.value, persistenceId: null, autocompleters: names, showQueryButton: false, resizeable: false, consumeShareLink: null, createShareableLink: undefined, editorHeight: "20rem", collapsePrefixesOnLoad: false, viewportMargin: Infinity });
  const input = editor.getInputField();
  input.setAttribute("aria-label", "Query");
  // Tab moves on, as everywhere on the page, instead of being a trap for those who use the keyboard alone.
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask });
  editor.on("change", () => (area.value = editor.getValue()));
  declare();
  editor.refresh();
  place.setAttribute("data-ready", "");
}

for (const element of document.querySelectorAll(".script-only")) element.hidden = false;
share.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
cancel.addEventListener("click", () => running?.abort());
share.addEventListener("click", async () => {
  const link = new URL(address(text()), location.href).href;
  history.replaceState(null, "", address(text()));
  try {
    await navigator.clipboard.writeText(link);
    say("Link copied");
  } catch {
    say("The address of this page is the link");
  }
});
for (const example of document.querySelectorAll("a[data-example]")) {
  example.addEventListener("click", async (event) => {
    event.preventDefault();
    const answered = await fetch(`/examples/${encodeURIComponent(example.dataset.example)}.rq`);
    area.value = await answered.text();
    if (editor) {
      editor.setValue(area.value);
      declare();
    }
    document.querySelector("a[data-example][aria-current]")?.removeAttribute("aria-current");
    example.setAttribute("aria-current", "true");
    scrollTo({ top: 0 });
    ask();
  });
}
openEditor().catch((error) => say(error.message)).finally(() => form.dataset.asked && ask());
