// Enhancements that every page has; each page works without them.
import { suggest } from "./suggest.js";

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], .CodeMirror");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector("input[data-suggest]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});
