/** Sends 🎉 in two pieces, half a second apart, and shows what everyone receives: to be started by hand while a server runs. */
import { connect } from 'node:http2'

const [origin = 'https://localhost:8080'] = process.argv.slice(2)
const session = connect(origin, { rejectUnauthorized: false })

session.request({ ':path': '/events' }).setEncoding('utf8').on('data', console.log)

const message = session.request({ ':method': 'POST', ':path': '/messages' })
const [first, second] = [Buffer.from('f09f', 'hex'), Buffer.from('8e89', 'hex')]
message.write(first)
setTimeout(() => message.end(second), 500)
setTimeout(() => session.destroy(), 1500)
