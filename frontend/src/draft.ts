// Keeps what stands in the editor a moment after the last key, and at once when the page is left.

const PAUSE = 800;

/** The draft of one textarea, sent to the address in its `data-draft` attribute. */
export class Draft {
  private readonly address: string;
  private readonly status: HTMLElement | null;
  private waiting: string | undefined;
  private timer: number | undefined;

  constructor(area: HTMLTextAreaElement) {
    this.address = area.dataset["draft"] ?? "";
    this.status = document.querySelector<HTMLElement>("[data-draft-status]");
    addEventListener("pagehide", () => void this.send());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.send();
    });
    area.form?.addEventListener("submit", () => this.settle());
  }

  /** Note a new text; it is sent when no other follows for a moment. */
  changed(text: string): void {
    this.waiting = text;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), PAUSE);
  }

  /** The form itself carries the text: nothing needs to be sent beside it. */
  private settle(): void {
    window.clearTimeout(this.timer);
    this.waiting = undefined;
  }

  private async send(): Promise<void> {
    const text = this.waiting;
    if (text === undefined || this.address === "") return;
    this.settle();
    try {
      const body = new URLSearchParams({ source: text });
      const answer = await fetch(this.address, {
        method: "POST",
        body,
        keepalive: text.length < 60_000,
        headers: { "HX-Request": "true" },
      });
      this.say(answer.ok ? "Draft kept." : "This draft could not be kept; copy your code to be safe.");
    } catch {
      this.waiting ??= text;
      this.say("Draft not kept: Journeyman does not answer. It is tried again when you type.");
    }
  }

  private say(sentence: string): void {
    if (this.status !== null) this.status.textContent = sentence;
  }
}
