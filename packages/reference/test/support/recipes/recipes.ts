import type { KernelFunctions } from "@steepest/kernels";
import { activationRecipes } from "./activation.js";
import { convolutionRecipes } from "./convolution.js";
import { headRecipes } from "./head.js";
import { layerRecipes } from "./layer.js";
import { lossRecipes } from "./loss.js";
import { matrixRecipes } from "./matrix.js";
import { normRecipes } from "./norm.js";
import { poolingRecipes } from "./pool.js";
import { randomRecipes } from "./random.js";
import type { Recipe } from "./recipe.js";
import { scalarRecipes } from "./scalar.js";
import { vectorRecipes } from "./vector.js";

/** Every kernel; one without a row does not compile. */
export const recipes: Record<keyof KernelFunctions, Recipe> = {
  ...scalarRecipes,
  ...vectorRecipes,
  ...layerRecipes,
  ...activationRecipes,
  ...poolingRecipes,
  ...convolutionRecipes,
  ...matrixRecipes,
  ...headRecipes,
  ...lossRecipes,
  ...normRecipes,
  ...randomRecipes,
};
