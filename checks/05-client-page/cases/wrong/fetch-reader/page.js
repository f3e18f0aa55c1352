const list = document.querySelector('#list')
const state = document.querySelector('#state')
const controller = new AbortController()

async function listen() {
  const response = await fetch('/events', { signal: controller.signal })
  state.value = 'open'
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; ; ) {
    const { value, done } = await reader.read()
    if (done) break
    const blocks = (text + value).split('\n\n')
    text = blocks.pop()
    for (const block of blocks) {
      const item = document.createElement('li')
      item.textContent = block.replace(/^data: /, '')
      list.append(item)
    }
  }
}

listen().catch(() => {
  state.value = 'closed'
})
addEventListener('pagehide', () => controller.abort())
