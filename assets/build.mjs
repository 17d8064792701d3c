// Builds static/ from styles.scss, office.scss, script.js and pictures/: file names carry a hash of their content, so they can be cached for ever;
// manifest.json says which name is today's; .gz and .br lie beside each file, so that nobody compresses while a page waits.
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { compile } from 'sass'

const assets = dirname(fileURLToPath(import.meta.url))
const repository = dirname(assets)
const destination = join(repository, 'static')
const unfinished = join(repository, 'static.new')

function styles(name) {
  const { css } = compile(join(assets, name), {
    loadPaths: [join(repository, 'node_modules')],
    style: 'compressed',
    quietDeps: true,
  })
  return Buffer.from(css)
}

async function script(name) {
  const result = await build({
    entryPoints: [join(assets, name)],
    bundle: true,
    format: 'iife',
    legalComments: 'none',
    minify: true,
    target: 'es2020',
    write: false,
  })
  return Buffer.from(result.outputFiles[0].contents)
}

// One file with a symbol for each of pictures/*.svg: a page points at them, and a phone fetches them once.
async function pictures() {
  const folder = join(assets, 'pictures')
  const symbols = (await readdir(folder)).sort().map(async (name) => {
    const svg = (await readFile(join(folder, name), 'utf8')).trim()
    return svg.replace(/^<svg xmlns="[^"]*"/, `<symbol id="${name.slice(0, -4)}"`).replace('</svg>', '</symbol>')
  })
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join('')}</svg>`)
}

async function keep(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const extension = extname(name)
  const path = `${name.slice(0, -extension.length)}.${hash}${extension}`
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  const gzip = gzipSync(content, { level: 9 })
  await writeFile(join(unfinished, path), content)
  await writeFile(join(unfinished, `${path}.gz`), gzip)
  await writeFile(join(unfinished, `${path}.br`), brotli)
  console.error(`${path}: ${content.length} bytes, ${gzip.length} with gzip, ${brotli.length} with brotli`)
  return path
}

await rm(unfinished, { recursive: true, force: true })
await mkdir(unfinished)
const manifest = {
  'styles.css': await keep('styles.css', styles('styles.scss')),
  'office.css': await keep('office.css', styles('office.scss')),
  'paper.css': await keep('paper.css', styles('paper.scss')),
  'kiosk.css': await keep('kiosk.css', styles('kiosk.scss')),
  'telephone.css': await keep('telephone.css', styles('telephone.scss')),
  'script.js': await keep('script.js', await script('script.js')),
  'office.js': await keep('office.js', await script('office.js')),
  'keying.js': await keep('keying.js', await script('keying.js')),
  'kiosk.js': await keep('kiosk.js', await script('kiosk.js')),
  'telephone.js': await keep('telephone.js', await script('telephone.js')),
  'pictures.svg': await keep('pictures.svg', await pictures()),
}
await copyFile(join(assets, 'away.html'), join(unfinished, 'away.html')) // served by the proxy, when nothing else can be
await writeFile(join(unfinished, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)

// The manifest changes last, and yesterday's files stay: a page that is open may still ask for them.
await mkdir(destination, { recursive: true })
const built = await readdir(unfinished)
for (const name of built.sort((a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'))) {
  await rename(join(unfinished, name), join(destination, name))
}
await rm(unfinished, { recursive: true })
