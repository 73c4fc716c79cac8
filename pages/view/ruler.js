// Tells the page how wide its charts can be, rounded down so that small changes change nothing; in a frame
// also how high; and when its reader turns from light to dark: charts are drawn in the colours of one of them.
// All of it in one word: of several at once, some could be lost.

export default function (component) {
  const { data, parentElement, setStateValue } = component
  const ruler = parentElement.querySelector(".dl-ruler")
  ruler.told ??= { width: data.assumed, look: data.look, room: 0 }
  let timer
  const measured = () => {
    const width = Math.floor(ruler.getBoundingClientRect().width / data.step) * data.step
    // A little more room than was told is no reason to send the chart again; a little less is.
    const spare = data.fills ? room() : 0
    const seen = { width: width || ruler.told.width, look: getComputedStyle(ruler).colorScheme, room: spare >= ruler.told.room && spare < ruler.told.room + 30 ? ruler.told.room : spare }
    if (data.fills && !seen.room) return
    if (Object.keys(seen).every((key) => seen[key] === ruler.told[key])) return
    ruler.told = seen
    setStateValue("seen", seen)
  }
  // What a frame has left for the chart, between what stands above it and what stands below.
  const room = () => {
    const foot = document.querySelector(".dl .foot")
    const above = ruler.getBoundingClientRect().top + document.querySelector("[data-testid=stMain]").scrollTop
    return foot ? Math.max(10, Math.floor((innerHeight - above - foot.offsetHeight - 16) / 10) * 10) : ruler.told.room
  }
  // Each run has a watcher of its own: the one before is ended late, when the next already watches.
  const soon = () => { clearTimeout(timer); timer = setTimeout(measured, 120) }
  const watcher = new ResizeObserver(soon)
  watcher.observe(ruler)
  // The foot comes after the chart, and a frame with room to spare does not grow by it.
  let waiting
  const below = () => {
    const foot = document.querySelector(".dl .foot")
    foot ? watcher.observe(foot) : waiting = setTimeout(below, 150)
  }
  if (data.fills) below()
  data.fills ? soon() : measured()
  return () => { watcher.disconnect(); clearTimeout(timer); clearTimeout(waiting) }
}
