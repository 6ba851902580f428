// What every page loads: htmx, the theme switch, the keyboard, and the doors to the larger islands.

import "htmx.org/dist/htmx.esm.js";
import { listenToErrors } from "./errors";
import { listenToKeys } from "./keyboard";
import { lightUpEdges } from "./map";
import { moveFocus } from "./focus";
import { letScroll } from "./scrolling";
import { listenToTheme } from "./theme";

/** Load an island only where the page has something for it. */
async function openIslands(root: ParentNode): Promise<void> {
  const formulas = root.querySelectorAll<HTMLElement>(".math:not([data-done])");
  const editors = root.querySelectorAll<HTMLTextAreaElement>("textarea[data-editor]");
  if (formulas.length > 0) await (await import("./maths")).typeset(formulas);
  if (editors.length > 0) (await import("./editor")).open(editors);
  letScroll(root);
}

function enter(root: ParentNode): void {
  void openIslands(root);
  lightUpEdges(root);
}

document.documentElement.classList.add("js");
listenToTheme();
listenToKeys();
listenToErrors();
enter(document);
document.addEventListener("htmx:after:swap", () => {
  enter(document);
  moveFocus();
});
