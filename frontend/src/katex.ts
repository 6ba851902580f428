// For `journeyman content check`, which runs it in a JavaScript engine without a browser.
export { renderToString } from "katex";
