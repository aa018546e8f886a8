// What the snippets of README.md and docs/ use without declaring or importing it. A snippet that needs another name gets it here.
type Visavis = typeof import('visavis');

declare const createDeviceKey: Visavis['createDeviceKey'];
declare const createFaceVerifier: Visavis['createFaceVerifier'];
declare const createLivenessSession: Visavis['createLivenessSession'];
declare const openAttempts: Visavis['openAttempts'];
declare const openVault: Visavis['openVault'];

declare const verifier: import('visavis').FaceVerifier;
declare const camera: import('visavis').Camera;
declare const template: import('visavis').Template;
declare let result: import('visavis').VerifyResult;
declare const signal: AbortSignal;

declare const pictures: readonly { name: string; person: string; blob: Blob }[];
declare const challenge: string;
declare const templateId: string;
declare const passphrase: string;
declare const layer: HTMLElement;
declare function send(assertion: string): Promise<void>;
declare function show(action: string, skip?: (() => void) | null): void;
declare function tell(hint: string | null): void;
declare function fill(progress: number): void;
