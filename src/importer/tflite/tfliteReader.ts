export const tfliteReader: any = { matches: () => false };
