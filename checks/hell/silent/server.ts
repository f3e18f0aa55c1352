import { createServer } from 'node:net'

createServer(() => {}).listen(Number(process.env.PORT))
