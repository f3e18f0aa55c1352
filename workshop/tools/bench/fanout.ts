export async function benchFanout(_args: readonly string[]): Promise<void> {}
