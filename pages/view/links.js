// Shows a piece of HTML whose links, forms and copy buttons work without loading the page anew.
// Links stay links: they open in a new tab, can be copied, and say where they lead.
// The pieces share this code: whichever comes first waits in a queue until it is here.

const UNFOLD = "[data-testid=stExpandSidebarButton]"

export default function (component) {
  globalThis.dateline = mount
  for (const waiting of (globalThis.datelineWaiting ?? []).splice(0)) mount(waiting)
  mount(component)
}

function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl")
  if (!root) return
  if (root.shown !== data.html) show(root, data.html)
  if (data.away) return away(root)

  const go = (href) => setTriggerValue("go", href)

  root.onclick = (event) => {
    const copy = event.target.closest("button[data-copy]")
    if (copy) return void copied(copy)
    if (event.target.closest("button[data-filters]")) return document.querySelector(UNFOLD)?.click()
    const link = event.target.closest("a[data-go]")
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(link.getAttribute("href") + (link.dataset.go === "keep" ? location.search : ""))
  }
  const sent = (form) => {
    const fields = [...new FormData(form)].map((each) => meant(form, each)).filter(([, value]) => value !== "")
    go(form.getAttribute("action") + "?" + new URLSearchParams(fields))
  }
  root.onsubmit = (event) => { event.preventDefault(); sent(event.target) }
  root.onchange = (event) => { if (event.target.matches("select, [type=range]")) sent(event.target.form) }
  root.oninput = ({ target }) => {
    if (!target.dataset.said) return
    const said = JSON.parse(target.dataset.said)[target.value]
    target.form.querySelector("output").textContent = said
    target.setAttribute("aria-valuetext", said)
  }
}

// In somebody's frame a link leaves it, and nothing on the page changes.
function away(root) {
  for (const link of root.querySelectorAll("a[href]")) Object.assign(link, { target: "_blank", rel: "noopener" })
}

// A slider's steps stand for values that are not its numbers.
function meant(form, [name, value]) {
  const field = form.elements[name]
  return [name, field?.dataset?.values ? JSON.parse(field.dataset.values)[value] : value]
}

// New content keeps the reader's place: what was focused is focused again, what was unfolded stays so.
function show(root, html) {
  const hadEvidence = Boolean(root.querySelector(".evidence"))
  const held = root.contains(document.activeElement) ? document.activeElement.id : ""
  const open = [...root.querySelectorAll("details[open][id]")].map((each) => each.id)
  root.innerHTML = html
  root.shown = html
  for (const id of open) root.querySelector("#" + CSS.escape(id))?.setAttribute("open", "")
  for (const mark of root.querySelectorAll(".post mark:first-of-type")) {
    const post = mark.closest(".post")
    if (post.scrollHeight > post.clientHeight) post.scrollTop = mark.offsetTop - post.offsetTop - 60
  }
  const evidence = root.querySelector(".evidence")
  if (evidence && !hadEvidence) reveal(evidence.closest(".card") ?? evidence)
  if (held) root.querySelector("#" + CSS.escape(held))?.focus({ preventScroll: true })
}

// Evidence that opens out of sight is brought into it, no further than needed: the mark it was opened by stays in view
// where there is room for both.
function reveal(element) {
  requestAnimationFrame(() => element.scrollIntoView({ block: "nearest" }))
}

async function copied(button) {
  const words = button.dataset.copy || location.href
  try {
    await navigator.clipboard.writeText(words)
  } catch {
    const field = document.createElement("textarea")
    field.value = words
    document.body.append(field)
    field.select()
    document.execCommand("copy")
    field.remove()
  }
  const before = button.textContent
  button.textContent = "Copied"
  setTimeout(() => { button.textContent = before }, 1600)
}
