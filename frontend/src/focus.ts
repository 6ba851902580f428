// After a part of the page was exchanged, the focus goes to what the reader should meet first.

/** Move the focus to the first `[data-focus]` element, if there is one. */
export function moveFocus(): void {
  const first = document.querySelector<HTMLElement>("[data-focus]");
  if (first === null) return;
  first.removeAttribute("data-focus");
  if (!first.hasAttribute("tabindex") && first.tabIndex < 0) first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
}
