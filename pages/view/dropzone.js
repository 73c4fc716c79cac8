// Streamlit's field for files calls its focusable, named frame a presentation, which readers of screens are told to
// skip: it is a group. A new field takes the old one's place whenever a file was chosen.

export default function () {
  const mend = () => document
    .querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]")
    .forEach((frame) => frame.setAttribute("role", "group"))
  const watch = new MutationObserver(mend)
  watch.observe(document.body, { childList: true, subtree: true })
  mend()
  return () => watch.disconnect()
}
