// Tells the page how wide its charts can be, rounded down so that small changes change nothing, and when
// its reader turns from light to dark: charts are drawn in the colours of one of them.

export default function (component) {
  const { data, parentElement, setStateValue } = component
  const ruler = parentElement.querySelector(".dl-ruler")
  ruler.told ??= data.assumed
  ruler.look ??= data.look
  const look = getComputedStyle(ruler).colorScheme
  if (look !== ruler.look) { ruler.look = look; setStateValue("look", look) }
  const measured = () => {
    const width = Math.floor(ruler.getBoundingClientRect().width / data.step) * data.step
    if (width > 0 && width !== ruler.told) { ruler.told = width; setStateValue("width", width) }
    if (data.fills) room()
  }
  // What a frame has left for the chart, between what stands above it and what stands below.
  const room = () => {
    const main = document.querySelector("[data-testid=stMain]")
    const foot = document.querySelector(".dl .foot")
    if (!foot) return
    const above = ruler.getBoundingClientRect().top + main.scrollTop
    const left = Math.floor((innerHeight - above - foot.offsetHeight - 16) / 10) * 10
    if (left > 0 && Math.abs(left - (ruler.room ?? 0)) > 9) { ruler.room = left; setStateValue("room", left) }
  }
  ruler.watcher?.disconnect()
  ruler.watcher = new ResizeObserver(() => { clearTimeout(ruler.wait); ruler.wait = setTimeout(measured, 120) })
  ruler.watcher.observe(ruler)
  if (data.fills) ruler.watcher.observe(document.querySelector("[data-testid=stMainBlockContainer]"))
  measured()
  return () => ruler.watcher.disconnect()
}
