console.log('no luck')
process.exit(1)
