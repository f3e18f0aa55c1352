/** The card that other sites show when someone shares a page. */
import sharp, { type OverlayOptions } from 'sharp'
import { html } from './html.ts'

/** What a card says. */
export interface Card {
  /** A small line above the title. */
  above: string
  title: string
  description: string
}

/** The measures of a card, in pixels: what those who show it ask for. */
export const CARD = { width: 1200, height: 630 }

const MARGIN = 80

/** One event, as it goes over the wire and as a page hears it. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="104" font-family="monospace" font-size="30" fill="#fff">
  <rect width="310" height="104" rx="14" fill="#1c2530"/>
  <text x="28" y="44"><tspan fill="#8fd6ff" font-weight="bold">data</tspan>: hello</text>
  <g fill="#d3b8ff" font-family="sans-serif" font-size="20" font-weight="bold"><text x="254" y="44">LF</text><text x="28" y="82">LF</text></g>
  <path d="M334 52h34m-9-8 9 8-9 8" fill="none" stroke="#b9c4cf" stroke-width="3"/>
  <rect x="392" y="16" width="150" height="72" rx="14" fill="#10362a"/>
  <text x="422" y="62">hello</text>
</svg>`

/** Draws a card as a PNG, in the fonts of the machine that builds the site. */
export async function drawCard({ above, title, description }: Card): Promise<Buffer> {
  const layers: OverlayOptions[] = []
  let top = MARGIN - 18
  const write = async (text: string, size: number, colour: string) => {
    const { data, info } = await drawText(text, size, colour)
    layers.push({ input: data, left: MARGIN, top })
    top += info.height + 26
  }
  await write(above, 26, '#8fd6ff')
  await write(title, title.length > 30 ? 64 : 76, '#ffffff')
  await write(description, 32, '#b9c4cf')
  layers.push({ input: Buffer.from(PICTURE), left: MARGIN, top: CARD.height - MARGIN - 84 })
  const ground = sharp({ create: { ...CARD, channels: 3, background: '#11171c' } })
  return ground.composite(layers).png({ palette: true }).toBuffer()
}

/** Text in lines that are as long as the card has room for. */
function drawText(text: string, size: number, colour: string) {
  const weight = size > 40 ? 'bold' : 'normal'
  const markup = html`<span foreground="${colour}" weight="${weight}">${text}</span>`
  const width = CARD.width - 2 * MARGIN
  const image = sharp({ text: { text: markup.text, font: `sans-serif ${size}`, width, dpi: 72, rgba: true } })
  return image.png().toBuffer({ resolveWithObject: true })
}
