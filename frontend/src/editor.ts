// The code editor: CodeMirror over a textarea that works without it as well.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { Draft } from "./draft";

function nonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
}

const look = EditorView.theme({
  "&": { backgroundColor: "var(--code)", color: "var(--ink)", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "18rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.75rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    borderRight: "1px solid var(--rule)",
    color: "var(--soft)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--code-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--code-selection)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--code-selection)",
    outline: "1px solid var(--soft)",
  },
});

// Typing over a selection: left to itself Chromium keeps the look of what it replaces in a style
// attribute, which the policy refuses with an error in the console. So the change is made here.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || empty || view.composing) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

function extensions(area: HTMLTextAreaElement, draft: Draft): Extension[] {
  const send = (): boolean => {
    area.form?.requestSubmit();
    return true;
  };
  const description = area.getAttribute("aria-describedby");
  return [
    EditorView.cspNonce.of(nonce()),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    python(),
    syntaxHighlighting(classHighlighter),
    look,
    typeOver,
    EditorView.contentAttributes.of({
      tabindex: "0",
      "aria-label": area.getAttribute("aria-label") ?? "Your code",
      ...(description === null ? {} : { "aria-describedby": description }),
    }),
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: send }])),
    // Tab indents; Escape and then Tab leaves the editor, which CodeMirror provides by itself.
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      area.value = update.state.doc.toString();
      draft.changed(area.value);
    }),
  ];
}

function goToLine(view: EditorView, number: number): void {
  const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from, head: line.to }, scrollIntoView: true });
  view.focus();
}

function listenToLines(view: EditorView): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-line]") : null;
    if (link === null || !view.dom.isConnected) return;
    event.preventDefault();
    goToLine(view, Number(link.getAttribute("data-line")));
  });
}

function listenToReset(view: EditorView, area: HTMLTextAreaElement): void {
  const button = document.querySelector<HTMLButtonElement>("[data-reset-code]");
  const starter = document.querySelector<HTMLTemplateElement>("template[data-starter]");
  if (button === null || starter === null) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const insert = starter.content.textContent ?? "";
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    area.value = insert;
    view.focus();
  });
}

/** Put an editor in the place of each textarea and keep the textarea's value in step. */
export function open(areas: Iterable<HTMLTextAreaElement>): void {
  for (const area of areas) {
    if (area.dataset["editor"] === "open") continue;
    area.dataset["editor"] = "open";
    const view = new EditorView({
      state: EditorState.create({
        doc: area.value,
        extensions: extensions(area, new Draft(area)),
      }),
    });
    area.hidden = true;
    area.after(view.dom);
    listenToLines(view);
    listenToReset(view, area);
  }
}
