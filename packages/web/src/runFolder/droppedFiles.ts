import { type RunFile, runFile } from "./runFiles.js";

/** Every file among the dropped items, with those in folders. */
export async function droppedFiles(items: DataTransferItemList): Promise<RunFile[]> {
  const entries = Array.from(items).flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files: RunFile[] = [];
  for (const entry of entries) files.push(...(await filesBelow(entry)));
  return files;
}

async function filesBelow(entry: FileSystemEntry): Promise<RunFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [runFile(file, path)];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: RunFile[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    for (const inner of batch) files.push(...(await filesBelow(inner)));
  }
}
