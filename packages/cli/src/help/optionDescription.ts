import { Help, type Option } from "commander";

/** The words about an option in a help: its default is said where it is a value, not where it is "not given". */
export function optionDescription(this: Help, option: Option): string {
  const { defaultValue } = option;
  const isSilent = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return isSilent ? option.description : Help.prototype.optionDescription.call(this, option);
}
