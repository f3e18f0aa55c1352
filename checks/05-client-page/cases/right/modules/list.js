const list = document.querySelector('#list')

export function add(text) {
  const item = document.createElement('li')
  const code = document.createElement('code')
  code.innerText = text
  item.append(code)
  list.append(item)
  list.scrollTop = list.scrollHeight
}
