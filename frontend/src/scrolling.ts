// What scrolls by itself can be scrolled with the keyboard: code and formulas wider than the page.

const MAY_SCROLL = "pre, .math[data-display=true], .choice-text";

/** Put every part that is wider than its place into the tab order. */
export function letScroll(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>(MAY_SCROLL)) {
    const wider = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + 1;
    if (wider) part.tabIndex = 0;
  }
}
