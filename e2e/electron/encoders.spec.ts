/** The encoder library in the real window: install by folder, see what it can do, measure, choose, remove; wrong files have their sentence. */
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './app.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const SHAPES = path.resolve(import.meta.dirname, '../../electron/core/encoder/fixtures/shapes-clip');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const card = (page: Page) => page.getByRole('listitem', { name: 'shapes-clip' });

/** Answers the next dialogs of the system with this path. */
const choose = (app: ElectronApplication, chosen: string) =>
  app.evaluate(({ dialog }, one) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [one] });
  }, chosen);

test('an encoder is installed from its folder, measured, chosen and removed', async ({ app, page, home }, info) => {
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.keyboard.press(`${MOD}+Alt+e`);
  const library = page.getByRole('dialog', { name: 'Encoder library' });
  await expect(library).toBeVisible();

  // One byte is different: nothing is installed, and the sentence says which file.
  const damaged = info.outputPath('damaged');
  cpSync(SHAPES, damaged, { recursive: true });
  const bytes = readFileSync(path.join(damaged, 'vision_model.onnx'));
  bytes[bytes.length - 100]! ^= 1;
  writeFileSync(path.join(damaged, 'vision_model.onnx'), bytes);
  await choose(app, damaged);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(library.getByText('The checksum of vision_model.onnx is not the one in model.json')).toBeVisible();
  await expect(card(page)).toHaveCount(0);
  expect(existsSync(path.join(home, 'encoders/shapes-clip'))).toBe(false);
  await shot(page, 'encoders-wrong-checksum');

  await choose(app, SHAPES);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(library.getByText('shapes-clip is installed.')).toBeVisible({ timeout: 30_000 });
  await expect(card(page).getByText('Points from words')).toBeVisible();
  await expect(card(page).getByText('Click one, get the others')).toBeVisible();
  await expect(card(page).getByText(/CC0-1\.0/)).toBeVisible();
  await card(page).getByRole('button', { name: 'Measure on this machine' }).click();
  await expect(card(page).getByText(/images a second · .* ms each · .* of memory/)).toBeVisible({ timeout: 60_000 });
  await card(page).getByRole('button', { name: 'Use in this project' }).click();
  await expect(card(page).getByText('Used in this project')).toBeVisible();
  await expect(card(page).getByText('15 of 15 images indexed')).toBeVisible({ timeout: 60_000 });
  await shot(page, 'encoders-installed');
  const axe = await new AxeBuilder({ page: page as never }).setLegacyMode().analyze();
  expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'encoders-installed-dark');
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  await shot(page, 'encoders-catalogue-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.getByRole('row', { name: /OpenVision Tiny\/16 160/ })).toContainText('46.9');
  await page.getByRole('button', { name: 'ImageNet %' }).click();
  await page.getByRole('button', { name: 'ImageNet %' }).click();
  await expect(library.getByRole('row').nth(1)).toContainText('OpenVision Huge/14 224');
  await shot(page, 'encoders-catalogue');
  const table = await new AxeBuilder({ page: page as never }).setLegacyMode().analyze();
  expect(table.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  // A lone file asks for what it can't say.
  await page.getByRole('tab', { name: /On this machine/ }).click();
  const lone = info.outputPath('lone.onnx');
  cpSync(path.join(SHAPES, 'vision_model.onnx'), lone);
  await choose(app, lone);
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByText('How does lone.onnx take images?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Install' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Licence' }).fill('CC0-1.0');
  await page.getByRole('textbox', { name: 'Image side in pixels' }).fill('96');
  await page.getByRole('textbox', { name: 'Patch side in pixels' }).fill('8');
  await shot(page, 'encoders-describe');
  await page.getByRole('button', { name: 'Install' }).click();
  await expect(library.getByText('lone is installed.')).toBeVisible({ timeout: 30_000 });

  await card(page).getByRole('button', { name: 'Remove shapes-clip' }).click();
  await expect(card(page).getByText(/This project uses it and will have no encoder/)).toBeVisible();
  await card(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(card(page)).toHaveCount(0);
  expect(existsSync(path.join(home, 'encoders/shapes-clip'))).toBe(false);

  // The project's settings know that it uses none now, and lead here.
  await page.keyboard.press('Escape');
  await page.keyboard.press(`${MOD}+Alt+,`);
  await page.getByRole('tab', { name: 'Encoder' }).click();
  await expect(page.getByText('This project uses no encoder.')).toBeVisible();
  await page.getByRole('button', { name: 'Encoder library' }).click();
  await expect(library).toBeVisible();
});
