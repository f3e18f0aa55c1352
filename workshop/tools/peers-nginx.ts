/** nginx before a right server, in the settings that people have. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../project/paths.ts'
import type { Peer } from './peer.ts'

export const hasNginx = spawnSync('nginx', ['-v']).error === undefined

/** A program that starts a server of times and nginx before it, and takes both along when it ends. */
function behindNginx(settings: string, isTls = false): string {
  const files = JSON.stringify({ key: join(root, 'certs/privkey.pem'), cert: join(root, 'certs/cert.pem') })
  return `
      import { spawn } from 'node:child_process'
      import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
      import { createServer } from 'node:http'
      import { tmpdir } from 'node:os'
      import { join } from 'node:path'
      const files = ${files}
      const server = createServer((request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }).flushHeaders()
        const each = Number(new URL(request.url, 'http://x').searchParams.get('ms') ?? 500)
        const timer = setInterval(() => response.write('data: ' + new Date().toISOString() + '\\n\\n'), each)
        request.on('close', () => clearInterval(timer))
      }).listen(0, '127.0.0.1', () => {
        const home = mkdtempSync(join(tmpdir(), 'nginx-'))
        const tls = ${isTls} ? 'ssl_certificate ' + files.cert + '; ssl_certificate_key ' + files.key + ';' : ''
        writeFileSync(join(home, 'nginx.conf'), \`
          daemon off; pid \${home}/pid; error_log stderr crit; worker_processes 1;
          events {}
          http {
            access_log off;
            client_body_temp_path \${home}/a; proxy_temp_path \${home}/b; fastcgi_temp_path \${home}/c;
            uwsgi_temp_path \${home}/d; scgi_temp_path \${home}/e;
            server {
              listen \${process.env.PORT} ${isTls ? 'ssl http2' : ''}; \${tls}
              location / { proxy_pass http://127.0.0.1:\${server.address().port}; ${settings} }
            }
          }\`)
        const nginx = spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf')], { stdio: 'inherit' })
        const stop = () => nginx.kill()
        nginx.on('close', () => { rmSync(home, { recursive: true, force: true }); process.exit() })
        process.on('SIGTERM', stop)
      })`
}

const common = { packages: [], path: '/?ms=1000' }

export const NGINX: Peer[] = [
  {
    ...common,
    name: 'nginx',
    program: behindNginx(''),
    words: ['--for', '4s'],
    faults: ['no-head'],
  },
  {
    ...common,
    name: 'nginx over HTTP2',
    scheme: 'https',
    program: behindNginx('', true),
    words: ['--for', '4s'],
    faults: ['no-head'],
  },
  {
    ...common,
    name: 'nginx of many messages',
    path: '/?ms=10',
    program: behindNginx(''),
    words: ['--for', '6s'],
    faults: ['collected'],
  },
  {
    ...common,
    name: 'nginx unbuffered over HTTP2',
    scheme: 'https',
    program: behindNginx('proxy_buffering off;', true),
    words: ['--events', '3'],
    faults: [],
    notes: ['head-held-by-nginx'],
  },
  {
    ...common,
    name: 'nginx with gzip over HTTP2',
    scheme: 'https',
    program: behindNginx('proxy_buffering off; gzip on; gzip_types text/event-stream;', true),
    words: ['--for', '4s'],
    faults: ['content-encoding'],
  },
  {
    ...common,
    name: 'nginx with a short time-out',
    path: '/?ms=60000',
    program: behindNginx('proxy_read_timeout 2s; proxy_buffering off;'),
    words: ['--for', '6s'],
    faults: ['cut-in-silence'],
  },
]
