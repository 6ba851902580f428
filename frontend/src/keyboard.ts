// Questions answered without the mouse: 1 to 9 choose an option, unless the settings switch that off
// (then the form has no data-keys), and Enter goes on.

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const INTERACTIVE = "a[href], button, input, textarea, select, summary, [contenteditable]";

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
}

function chooseOption(position: number): boolean {
  const options = document.querySelectorAll<HTMLInputElement>("[data-keys] input[type=radio]");
  const option = options[position];
  if (option === undefined || option.disabled) return false;
  option.checked = true;
  option.focus();
  return true;
}

function goOn(): boolean {
  const next = document.querySelector<HTMLElement>("[data-enter]");
  next?.click();
  return next !== null;
}

/** Listen on the whole page, but never while somebody is typing. */
export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (!isPlain(event) || event.defaultPrevented || at.closest(TYPING)) return;
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (digit > 0 && chooseOption(digit - 1)) event.preventDefault();
    if (event.key === "Enter" && !at.closest(INTERACTIVE) && goOn()) event.preventDefault();
  });
}
