export function endProcessGroup(pid: number | undefined): Promise<void>;
export function killProcessGroup(pid: number | undefined): void;
