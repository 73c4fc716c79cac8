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
  }
  ruler.watcher?.disconnect()
  ruler.watcher = new ResizeObserver(() => { clearTimeout(ruler.wait); ruler.wait = setTimeout(measured, 120) })
  ruler.watcher.observe(ruler)
  measured()
  return () => ruler.watcher.disconnect()
}
