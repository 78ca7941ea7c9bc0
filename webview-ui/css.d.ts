/** Style sheets are bundled beside the script that imports them and export nothing. */
declare module '*.css';
