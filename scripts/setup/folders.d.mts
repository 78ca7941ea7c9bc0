export const repositoryFolder: string;
