// Loaded into a real engine before it begins (`node --require`): the file system of every folder is of the type (statfs(2))
// that SY_FS_TYPE says, as if it lay on another machine.
const promises = require('node:fs/promises');

const { SY_FS_TYPE = '0' } = process.env;
delete process.env.SY_FS_TYPE;
const { statfs } = promises;

promises.statfs = async (...args) => Object.assign(await statfs(...args), { type: Number(SY_FS_TYPE) });
