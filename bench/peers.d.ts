// The peers are the bench's own dependencies, and may not be installed where its sources are only type-checked.
declare module '@litertjs/core';
