/** Types for the tests. */
export declare const defaultEncoderFolder: string;
export declare function hasDefaultEncoder(): boolean;
