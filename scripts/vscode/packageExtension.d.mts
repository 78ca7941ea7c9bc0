export function packageExtension(): Promise<{ vsix: string; summary: string }>;
