// Formulas: the page holds readable TeX, this island sets it. Everything goes through the DOM, so
// that the content security policy can forbid style attributes in the HTML.

import katex from "katex";

const STYLE = new URL("./maths.css", import.meta.url);

let styled: Promise<void> | undefined;

function addStyle(): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = STYLE.href;
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
    document.head.append(link);
  });
}

/** Replace the TeX in each element by the set formula; TeX that cannot be read stays as it is. */
export async function typeset(elements: Iterable<HTMLElement>): Promise<void> {
  styled ??= addStyle();
  await styled;
  for (const element of elements) {
    if (element.hasAttribute("data-done")) continue;
    element.setAttribute("data-done", "");
    const tex = element.textContent ?? "";
    try {
      katex.render(tex, element, {
        displayMode: element.dataset["display"] === "true",
        strict: "ignore",
        throwOnError: true,
      });
    } catch {
      element.textContent = tex;
      element.setAttribute("data-done", "failed");
    }
  }
}
