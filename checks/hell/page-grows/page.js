const all = []
while (true) all.push(new Array(1000).fill(all.length))
