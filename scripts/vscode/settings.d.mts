export function writeUserSettings(userData: string, settings?: Record<string, unknown>): void;
