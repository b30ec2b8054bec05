// Where the focus goes when the page is drawn anew and the focus would be nowhere.
const at = (name) => document.querySelector(`[data-testid="${name}"]`)
const running = () => at("stApp")?.dataset.testScriptState !== "notRunning"
const lost = () => !document.activeElement || document.activeElement === document.body
const heading = () => location.pathname + document.querySelector("h1")?.innerText
const give = (element, scrolls = false) => {
  if (element && element.tabIndex < 0) element.tabIndex = -1
  element?.focus({preventScroll: !scrolls})
}

// To the first field of the form that was saved, which `view.lead_to` names. The focus of a finger is left alone,
// for it would bring up the keyboard.
let told = ""
const lead = () => {
  const mark = document.querySelector('[class*="st-key-first-of-"]')
  const [name, part] = mark?.className.match(/st-key-first-of-[0-9]+(-[^ ]+)/) ?? []
  if (!name || name === told || matchMedia("(pointer: coarse)").matches) return
  const field = document.querySelector(`[class*="${part}"] :is(textarea, input):not(:disabled)`)
  if (field) { told = name; field.focus() }
}

// To the heading of the page a link led to, and near by where what had it is gone.
let path = [], opener = null, left = null, ran = false
document.addEventListener("focusin", ({target}) => {
  path = []
  for (let each = target; each && each !== document.body; each = each.parentElement) path.push(each)
})
document.addEventListener("focusout", ({target}) => queueMicrotask(() => {
  if (target.isConnected && !target.disabled && lost()) path = []  // left by whoever had it
}))
document.addEventListener("click", ({target}) => {
  if (!target.closest("[data-testid=stPageLink-NavLink], [data-testid=stSidebarNavLink]")) return
  left = heading()
  ran = false
}, true)
const arrive = () => {
  if (!ran || left === null || left === heading()) return
  left = null
  give(document.querySelector("h1"), true)
}
const keep = () => {
  if (!path.length || !lost() || running()) return
  if (path[0].tagName === "H1") return give(document.querySelector("h1"))
  const near = path.find(each => each.isConnected && !each.disabled && each.closest("[data-testid=stMain] *"))
  give([opener, near, document.querySelector("h1")].find(each => each?.isConnected))
}

// Into what opens, and back; the phone's menu is left by Escape and by going on to the page behind it.
const menu = () => at("stSidebar")?.dataset.collapsed === "false" && innerWidth <= 768 ? at("stSidebar") : null
const close = () => at("stSidebarCollapseButton")?.querySelector("button").click()
const turned = ({target}) => {
  if (target.matches("[data-testid=stPopoverButton]")) {
    opener = target.ariaExpanded === "true" ? target : null
    if (opener) give([...document.querySelectorAll("[data-testid=stPopoverBody]")].pop())
  }
  if (target === at("stSidebar") && innerWidth <= 768) {
    const had = lost() || target.contains(document.activeElement)
    setTimeout(() => menu() ? give(menu().querySelector("a")) : had && give(at("stExpandSidebarButton")))
  }
}
document.addEventListener("keydown", ({key}) => key === "Escape" && menu() && close())
document.addEventListener("focusin", ({target}) => menu() && !menu().contains(target) && close())

// To a table that is wider than its place, so that the keys can move it.
const sized = new ResizeObserver(all => all.forEach(({target}) => {
  const wide = target.scrollWidth > target.clientWidth
  const said = {tabindex: "0", role: "region", "aria-label": "Tabell"}
  for (const [name, value] of Object.entries(said)) {
    wide ? target.setAttribute(name, value) : target.removeAttribute(name)
  }
}))
const tables = () =>
  document.querySelectorAll("[data-testid=stMarkdownContainer] > table").forEach(each => sized.observe(each.parentElement))
document.addEventListener("toggle", tables, true)

new MutationObserver(changes => {
  changes.filter(each => each.type === "attributes").forEach(turned)
  if (running()) { ran = true; return }
  tables()
  lead()
  arrive()
  setTimeout(keep)  // not between two fields, where for a moment none has it
}).observe(document, {
  subtree: true, childList: true, attributes: true,
  attributeFilter: ["data-test-script-state", "aria-expanded", "data-collapsed"],
})

// What is typed is handed over too when one goes to another tab or puts the window away. A tab that is closed sends
// nothing: tried, also before it unloads.
let away = null
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return away?.focus()
  away = document.activeElement.matches("textarea, input") ? document.activeElement : null
  away?.blur()
})
