// What apps/kiosk/manual.config.ts makes of a page of the manual.
declare module "*.md" {
  const html: string;
  export default html;
}
